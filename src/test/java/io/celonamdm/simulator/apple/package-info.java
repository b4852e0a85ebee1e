/** Apple Business Manager: what its documents and the code of other clients say of its API. */
@NullMarked
package io.celonamdm.simulator.apple;

import org.jspecify.annotations.NullMarked;
