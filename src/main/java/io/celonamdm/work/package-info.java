/** The steps of a device: which are due, what their calls send, and what follows from the answers. */
@NullMarked
package io.celonamdm.work;

import org.jspecify.annotations.NullMarked;
