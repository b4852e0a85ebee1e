@NullMarked
package io.celonamdm.platform.applebusiness;

import org.jspecify.annotations.NullMarked;
