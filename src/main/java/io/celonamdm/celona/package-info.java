/** Celona's two APIs: what is sent, what comes back, and what it means. */
@NullMarked
package io.celonamdm.celona;

import org.jspecify.annotations.NullMarked;
