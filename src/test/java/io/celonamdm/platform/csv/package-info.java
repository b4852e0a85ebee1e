@NullMarked
package io.celonamdm.platform.csv;

import org.jspecify.annotations.NullMarked;
