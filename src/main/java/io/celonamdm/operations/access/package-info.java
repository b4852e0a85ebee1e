/** Who may see and who may change what. */
@NullMarked
package io.celonamdm.operations.access;

import org.jspecify.annotations.NullMarked;
