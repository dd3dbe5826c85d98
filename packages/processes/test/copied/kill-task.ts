process.send!('computing');
for (;;);
