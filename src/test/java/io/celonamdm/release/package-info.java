/** What makes a release, tried without making one. */
@NullMarked
package io.celonamdm.release;

import org.jspecify.annotations.NullMarked;
