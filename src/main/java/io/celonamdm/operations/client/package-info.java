/** The endpoints' verbs for a terminal, such as {@code status}: they call a connector that runs, and start none. */
@NullMarked
package io.celonamdm.operations.client;

import org.jspecify.annotations.NullMarked;
