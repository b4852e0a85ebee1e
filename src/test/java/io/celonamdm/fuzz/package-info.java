/** Answers that no vendor has ever given, for property tests of everything that reads them. */
@NullMarked
package io.celonamdm.fuzz;

import org.jspecify.annotations.NullMarked;
