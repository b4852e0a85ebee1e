/** What the ops team sees: endpoints and reports. */
@NullMarked
package io.celonamdm.operations;

import org.jspecify.annotations.NullMarked;
