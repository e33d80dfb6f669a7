/** Not every registry has a current package of it, so that it is no dependency of the development either. */
declare module '@aws-sdk/client-rolesanywhere';
