/** Files with private content, and why a file cannot be read. */
@NullMarked
package io.celonamdm.files;

import org.jspecify.annotations.NullMarked;
