/** Rules that the product's code and routes keep, and that the build enforces. */
@NullMarked
package io.celonamdm.architecture;

import org.jspecify.annotations.NullMarked;
