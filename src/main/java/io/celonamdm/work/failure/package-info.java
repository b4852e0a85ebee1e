/** Decides what happens to devices and journal entries when a call fails. */
@NullMarked
package io.celonamdm.work.failure;

import org.jspecify.annotations.NullMarked;
