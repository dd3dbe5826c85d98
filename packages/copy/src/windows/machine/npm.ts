/** Has npm install what it would install on Windows. Scripts are left out: they would be run by this system. */
export const FOR_WINDOWS: readonly string[] = ['--os=win32', '--cpu=x64', '--ignore-scripts'];
