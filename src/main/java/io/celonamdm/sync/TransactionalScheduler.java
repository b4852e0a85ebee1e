package io.celonamdm.sync;

import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.quartz.Scheduler;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.NameMatchTransactionAttributeSource;
import org.springframework.transaction.interceptor.RollbackRuleAttribute;
import org.springframework.transaction.interceptor.RuleBasedTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Runs every change of triggers and jobs in a transaction, for every caller. Spring's job store leaves that to its
 * caller; without one, its locks end with each statement, and two firings of one sync may run at once.
 */
@Component
class TransactionalScheduler implements BeanPostProcessor {
    private final ObjectProvider<TransactionManager> transactions;

    TransactionalScheduler(ObjectProvider<TransactionManager> transactions) {
        this.transactions = transactions;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof Scheduler scheduler)) {
            return bean;
        }
        RuleBasedTransactionAttribute change = new RuleBasedTransactionAttribute(
                TransactionDefinition.PROPAGATION_REQUIRED, List.of(new RollbackRuleAttribute(Exception.class)));
        NameMatchTransactionAttributeSource changes = new NameMatchTransactionAttributeSource();
        for (String method : List.of(
                "schedule*", "reschedule*", "unschedule*", "add*", "delete*", "trigger*", "pause*", "resume*")) {
            changes.addTransactionalMethod(method, change);
        }
        // the transaction manager needs the database, which does not exist yet when the scheduler is created
        MethodInterceptor transactional =
                call -> new TransactionInterceptor(transactions.getObject(), changes).invoke(call);
        ProxyFactory proxy = new ProxyFactory(Scheduler.class, transactional);
        proxy.setTarget(scheduler);
        return proxy.getProxy();
    }
}
