/** Files that hold what is nobody else's business. */
@NullMarked
package io.celonamdm.files;

import org.jspecify.annotations.NullMarked;
