/** JSON. */
@NullMarked
package io.celonamdm.json;

import org.jspecify.annotations.NullMarked;
