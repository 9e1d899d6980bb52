//! Python's operators, as far as expressions have them.
//!
//! Not here: which types they take (`typing`), what they mean (`emit`, `evaluate`).

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `~x`: logical not, as Reflex has it.
    Not,
    /// `-x`.
    Negate,
    /// `abs(x)`.
    Abs,
    /// `round(x)`.
    Round,
    /// `math.floor(x)`.
    Floor,
    /// `math.ceil(x)`.
    Ceil,
    /// `math.trunc(x)` and `int(x)`.
    Trunc,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+` (numbers, strings, lists).
    Add,
    /// `-`.
    Subtract,
    /// `*` (also string and list repetition).
    Multiply,
    /// `/`.
    Divide,
    /// `//`, towards minus infinity.
    FloorDivide,
    /// `%`, with the sign of the divisor.
    Modulo,
    /// `**`.
    Power,
    /// `==`, by value.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `&`: Python's `and`, giving an operand.
    And,
    /// `|`: Python's `or`, giving an operand.
    Or,
}

impl UnaryOp {
    /// Every one of them.
    pub const ALL: [Self; 7] = [
        Self::Not,
        Self::Negate,
        Self::Abs,
        Self::Round,
        Self::Floor,
        Self::Ceil,
        Self::Trunc,
    ];

    /// The operator or function as Python writes it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Not => "~",
            Self::Negate => "-",
            Self::Abs => "abs()",
            Self::Round => "round()",
            Self::Floor => "math.floor()",
            Self::Ceil => "math.ceil()",
            Self::Trunc => "math.trunc()",
        }
    }
}

impl BinaryOp {
    /// Every one of them.
    pub const ALL: [Self; 15] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::FloorDivide,
        Self::Modulo,
        Self::Power,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessEqual,
        Self::Greater,
        Self::GreaterEqual,
        Self::And,
        Self::Or,
    ];

    /// The operator as Python writes it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::Modulo => "%",
            Self::Power => "**",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::And => "&",
            Self::Or => "|",
        }
    }
}
