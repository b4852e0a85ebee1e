/** What each line of the log says beside its text, and what it never says. */
@NullMarked
package io.celonamdm.logging;

import org.jspecify.annotations.NullMarked;
