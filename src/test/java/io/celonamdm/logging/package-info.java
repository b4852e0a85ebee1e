/** What lines of the log say, and what they do not. */
@NullMarked
package io.celonamdm.logging;

import org.jspecify.annotations.NullMarked;
