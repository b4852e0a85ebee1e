/** Constraints on single settings. */
@NullMarked
package io.celonamdm.settings.constraint;

import org.jspecify.annotations.NullMarked;
