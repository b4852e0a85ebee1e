/** What brings devices back to work that had stopped: redrives, and decisions of a person. */
@NullMarked
package io.celonamdm.recovery;

import org.jspecify.annotations.NullMarked;
