/** The one list of what waits for a person. */
@NullMarked
package io.celonamdm.operations.needs;

import org.jspecify.annotations.NullMarked;
