/** The world of a story: phones, MDMs and Celona, with a truth of their own; it shares no code with the product. */
@NullMarked
package io.celonamdm.story.world;

import org.jspecify.annotations.NullMarked;
