/** Access rules: who may read, and who may change things. */
@NullMarked
package io.celonamdm.operations.access;

import org.jspecify.annotations.NullMarked;
