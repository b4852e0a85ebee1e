/** What waits for a person: one list, for whoever shows it. */
@NullMarked
package io.celonamdm.operations.needs;

import org.jspecify.annotations.NullMarked;
