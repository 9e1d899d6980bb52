# Reads the output of a test runner and prints how many tests passed and how many failed.

# cargo: test result: ok. 12 passed; 0 failed; 0 ignored; …
/^test result:/ { passed += $4; failed += $6 }

# vitest: Tests  1 failed | 11 passed (12)
$1 == "Tests" {
    for (field = 2; field < NF; field++) {
        if ($(field + 1) ~ /^passed/) passed += $field
        if ($(field + 1) ~ /^failed/) failed += $field
    }
}

# node: ℹ pass 12
NF == 3 && $2 == "pass" { passed += $3 }
NF == 3 && ($2 == "fail" || $2 == "cancelled") { failed += $3 }

END { print passed + 0, failed + 0 }
