/**
 * Synthesized templates as data: the one place that knows intrinsic functions. It reads them into the model of `access`.
 */
export { AppTemplates, type ReadResource } from './app-templates';
export { bucketArn, type ReadDoor } from './doors';
export type { Environment } from './environment';
export { HOLDER_TYPES, placeOf, type ReadHolder } from './holders';
export { textOf } from './intrinsics';
export { areOurs } from './lenders';
export { allTexts, at, documentIn, documentsIn, hasUnknown, isAbsent, membersNamed, textsIn } from './parts';
export { printed } from './printed';
export { referencesIn } from './references-in';
export { classifiedTypes, classOf, DOOR_TYPES, type DoorType, type ResourceClass } from './resource-types';
export { type SynthesizedStack, section, type TemplateSource } from './source';
export type { TemplateReader } from './template-reader';
export { type AlsoOurs, type TemplateWorld, worldOf } from './world';
