/** Returns stopped devices to work: redrives, and decisions of a person. */
@NullMarked
package io.celonamdm.recovery;

import org.jspecify.annotations.NullMarked;
