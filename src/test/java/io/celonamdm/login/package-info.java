/** The users whom tests sign in as. */
package io.celonamdm.login;
