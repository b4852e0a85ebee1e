/** The rings in which the build runs its tests. */
@NullMarked
package io.celonamdm.rings;

import org.jspecify.annotations.NullMarked;
