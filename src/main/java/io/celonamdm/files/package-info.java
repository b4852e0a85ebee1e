/** Files with private content. */
@NullMarked
package io.celonamdm.files;

import org.jspecify.annotations.NullMarked;
