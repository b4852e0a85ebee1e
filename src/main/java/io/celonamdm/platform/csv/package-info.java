/** CSV files as a platform: exports come in through a folder, orders and results go out beside them. */
@NullMarked
package io.celonamdm.platform.csv;

import org.jspecify.annotations.NullMarked;
