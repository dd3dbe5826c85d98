// Loaded before every program that is run under Wine: what Wine 8 lacks, and Windows has.

'use strict';

const { Socket } = require('node:net');

// A socket whose keep-alive is set before it connects, as fetch does, cannot connect: Wine lacks the option of Windows with
// which libuv sets it.
Socket.prototype.setKeepAlive = function setKeepAlive() {
  return this;
};
