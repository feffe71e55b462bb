/* The front end of sound: a window of it into the features that the learner takes. */
#ifndef ONWARD_SOUND_H
#define ONWARD_SOUND_H

void onward_sound_init(void);

/* The window, ONWARD_VALUES floats: the oldest sample first. */
float *onward_sound(void);

/* Features of the window, ONWARD_INPUTS floats, until the next call. */
const float *onward_hear(void);

#endif
