/* A learner at the end of a line of text: for a person at a terminal and for a program alike. The program around it hands over each byte that it receives;
   each line gets one line of answer, and the next begins anew, whatever was wrong with the one before. Lines end with LF, CR or both.

     LABEL,x1,x2,...   is answered, then learned. LABEL is a name, or # and the label's number (#0); one value for each of ONWARD_VALUES, "nan" for a missing one.
                       A name that a line cannot hold (a comma in it, "?", an empty one, ...) goes by its number, in the answer too
     ?,x1,x2,...       is answered only
     save              keeps what was learned (onward_line_save)
     snapshot          gives it in hexadecimal digits: the file that Node reads
     ready             is answered as at the start, see below

   The answers:

     ready,3,2                  labels in use, values of a sample. The program says it once by itself, when it has started: what is sent before may be lost
     refused,other shape        before it: flash holds what another program learned, which this one cannot go on from; it stays there (refused,other version: of another onward)
     worn,0.873,0.412,2         the label it would have given, how probable it is, how familiar the sample is as one of it (empty: nothing can be said), layers
                                updated by learning (0: it was sure already; not there after "?"); and ",saved" once in a while, see below
     saved
     snapshot,6f6e...
     error,value 2 of 3 is no number          nothing was learned, nor anything changed
*/
#ifndef ONWARD_LINES_H
#define ONWARD_LINES_H

#include "learner.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Says "ready,...". The program calls it once, when it can receive. */
void onward_line_ready(void);

/* Says "refused,...": `why` is what onward_load_compatible gave. Before onward_line_ready, if at all. */
void onward_line_refused(int why);

/* A byte that was received. At the end of a line this answers, learns and saves before it returns: an answer means that the next line may be sent. */
void onward_line(char byte);

/* The program gives these two. Sends a byte: */
void onward_line_put(char byte);

/* Keeps the snapshot (onward_save); gives 0 when it is kept. Called by "save", and by itself after every ONWARD_SAVE_EVERY learned samples: flash lasts 100,000
   erases, and a power cut loses at most these. */
int onward_line_save(void);
#ifndef ONWARD_SAVE_EVERY
#define ONWARD_SAVE_EVERY 100
#endif

#ifdef __cplusplus
}
#endif

#endif
