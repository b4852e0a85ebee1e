/** Celona's two APIs: requests, answers, and their meaning. */
@NullMarked
package io.celonamdm.celona;

import org.jspecify.annotations.NullMarked;
