/** What is due, how it is taken up, and what follows from its outcome. */
@NullMarked
package io.celonamdm.work;

import org.jspecify.annotations.NullMarked;
