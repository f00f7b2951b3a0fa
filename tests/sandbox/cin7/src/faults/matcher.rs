//! Which calls a fault is for.

/// Picks calls by method and path: by default the next one that fits.
#[derive(Debug, Clone)]
pub struct Matcher {
    method: Option<String>,
    path: Option<String>,
    skip: usize,
    left: usize,
}

impl Matcher {
    /// Picks the next call, whatever it is.
    #[must_use]
    pub fn any() -> Self {
        Self {
            method: None,
            path: None,
            skip: 0,
            left: 1,
        }
    }

    /// Picks the next call of this method (`POST`) and path below the base URL (`sale/order`).
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        let path = path.trim_matches('/').to_owned();
        Self {
            method: Some(method.to_owned()),
            path: Some(path),
            ..Self::any()
        }
    }

    /// Picks only the nth call that fits; the first is 1.
    #[must_use]
    pub fn nth(self, nth: usize) -> Self {
        Self {
            skip: nth.saturating_sub(1),
            left: 1,
            ..self
        }
    }

    /// Picks the next `calls` calls that fit.
    #[must_use]
    pub fn next(self, calls: usize) -> Self {
        Self {
            left: calls,
            ..self
        }
    }

    /// Picks every call that fits from now on.
    #[must_use]
    pub fn every(self) -> Self {
        self.next(usize::MAX)
    }

    /// Whether this call is picked; counts it if it fits.
    pub(crate) fn picks(&mut self, method: &str, path: &str) -> bool {
        let other = |wanted: &Option<String>, is: &str| {
            wanted
                .as_ref()
                .is_some_and(|wanted| !wanted.eq_ignore_ascii_case(is))
        };
        if other(&self.method, method) || other(&self.path, path) || self.is_spent() {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.left -= 1;
        true
    }

    /// Whether it will pick nothing more.
    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }
}
