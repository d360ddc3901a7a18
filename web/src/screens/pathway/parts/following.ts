// The short forms about the following itself.
export type FollowingKind = 'stage' | 'attempt' | 'pause' | 'end';
