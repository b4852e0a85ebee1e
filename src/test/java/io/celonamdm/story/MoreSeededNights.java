package io.celonamdm.story;

/** Plays the stories that {@link SeededNights} leaves out, so that two cores play at once. */
class MoreSeededNights extends SeededNights {
    @Override
    int half() {
        return 1;
    }
}
