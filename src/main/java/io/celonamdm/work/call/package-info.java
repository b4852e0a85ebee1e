/** The calls of the steps, prepared and typed. */
@NullMarked
package io.celonamdm.work.call;

import org.jspecify.annotations.NullMarked;
