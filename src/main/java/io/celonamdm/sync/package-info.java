/** What a sync is, and how its runs are judged and reported. */
@NullMarked
package io.celonamdm.sync;

import org.jspecify.annotations.NullMarked;
