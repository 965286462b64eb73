//! The money axis: what is owed, what came and what went back, with the wait for it.

use super::business::{resume, wait};
use super::refused::Refused;
use crate::money::Dong;
use crate::state::{Business, Dossier, Money};

/// A record from elsewhere may carry any number: only what a counter can charge is taken.
const fn positive(amount: Dong) -> Result<(), Refused> {
    if amount.0 > 0 && amount.0 <= Dong::LARGEST.0 {
        Ok(())
    } else {
        Err(Refused::WrongAmount)
    }
}

pub(super) fn require(dossier: &mut Dossier, amount: Dong) -> Result<(), Refused> {
    positive(amount)?;
    wait(dossier, Business::AwaitingPayment)?;
    dossier.charged = Dong(dossier.charged.0.saturating_add(amount.0));
    dossier.money = Money::Due;
    Ok(())
}

pub(super) fn receive(dossier: &mut Dossier, amount: Dong) -> Result<(), Refused> {
    positive(amount)?;
    dossier.received = Dong(dossier.received.0.saturating_add(amount.0));
    if dossier.received < dossier.charged {
        return Ok(());
    }
    dossier.money = Money::Paid;
    leave_payment(dossier)
}

fn leave_payment(dossier: &mut Dossier) -> Result<(), Refused> {
    if dossier.business == Business::AwaitingPayment {
        resume(dossier)
    } else {
        Ok(())
    }
}

pub(super) fn refund(dossier: &mut Dossier, amount: Dong) -> Result<(), Refused> {
    positive(amount)?;
    if amount > dossier.received {
        return Err(Refused::WrongAmount);
    }
    dossier.received = Dong(dossier.received.0.saturating_sub(amount.0));
    if dossier.money == Money::Waived {
        dossier.charged = dossier.received;
    } else if !dossier.business.is_open() {
        // The dossier has ended: what went back is not owed again.
        dossier.charged = dossier.charged.min(dossier.received);
        dossier.money = if dossier.received.0 == 0 {
            Money::NothingDue
        } else {
            Money::Paid
        };
    } else if dossier.money == Money::Paid && dossier.received < dossier.charged {
        dossier.money = Money::Due;
    }
    Ok(())
}

pub(super) fn waive(dossier: &mut Dossier) -> Result<(), Refused> {
    // What was waived must not be owed again when something else is asked for later.
    dossier.charged = dossier.received;
    dossier.money = Money::Waived;
    leave_payment(dossier)
}
