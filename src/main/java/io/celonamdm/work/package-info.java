/** The steps of a device: what is due, what a call sends, and what follows from its answer. */
@NullMarked
package io.celonamdm.work;

import org.jspecify.annotations.NullMarked;
