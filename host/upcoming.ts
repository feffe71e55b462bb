// Interim: the names of the continual-learning interface until it lands on main. Delete this file then.
declare module './config.js' {
  interface LearnerConfig {
    labelCapacity?: number;
    exemplars?: number;
    exemplarBits?: 8 | 4 | 2;
    prototypes?: number;
    replays?: number;
    drift?: 'none' | 'two-rates' | 'page-hinkley' | 'adwin' | 'ddm' | 'input';
  }
}
declare module './learner.js' {
  interface Learner {
    sleep(steps?: number): void;
  }
  interface LearnerOptions {
    onDrift?: (event: { seen: number; alarms: number }) => void;
  }
  interface Stats {
    exemplars: number;
    alarms: number;
    lastAlarm: number;
  }
}
declare module './config.js' {
  interface ResolvedConfig {
    readonly drift?: string;
  }
}
export {};
