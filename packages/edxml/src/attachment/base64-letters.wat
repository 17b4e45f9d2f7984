;; Tells Base64 letters and line feeds from everything else, thirty-two bytes at a time. Assembled into
;; base64-letters.ts; a test assembles it again and compares.
(module
  (memory (export "memory") 5)
  (global $lineFeeds (export "lineFeeds") (mut i32) (i32.const 0))

  ;; All ones in each lane that holds a letter. A range is moved to the lowest signed numbers, where one comparison tells
  ;; it: a-z and, without the bit of lower case, A-Z; then / and 0-9, which follow it; + stands alone.
  (func $areLetters
    (param $bytes v128)
    (param $lowerCase v128) (param $moveA v128) (param $afterZ v128)
    (param $moveSlash v128) (param $afterNine v128)
    (param $plus v128)
    (result v128)
    (v128.or
      (v128.or
        (i8x16.lt_s
          (i8x16.add (v128.or (local.get $bytes) (local.get $lowerCase)) (local.get $moveA))
          (local.get $afterZ))
        (i8x16.lt_s (i8x16.add (local.get $bytes) (local.get $moveSlash)) (local.get $afterNine)))
      (i8x16.eq (local.get $bytes) (local.get $plus))))

  ;; How many lanes are all ones.
  (func $count (param $lanes v128) (result i32)
    (i32.popcnt (i8x16.bitmask (local.get $lanes))))

  ;; Address of the first thirty-two bytes in [at, end) that are not all letters and line feeds, or that are not
  ;; thirty-two; counts the line feeds before it.
  (func (export "passLetters") (param $at i32) (param $end i32) (result i32)
    (local $first v128) (local $lettersOfFirst v128) (local $feedsOfFirst v128)
    (local $second v128) (local $lettersOfSecond v128) (local $feedsOfSecond v128)
    (local $counted i32)
    ;; Kept in locals: the engine makes a constant anew wherever it is used, which is half of the time.
    (local $lowerCase v128) (local $moveA v128) (local $afterZ v128)
    (local $moveSlash v128) (local $afterNine v128)
    (local $plus v128) (local $feed v128)
    (local.set $lowerCase (i8x16.splat (i32.const 32)))
    (local.set $moveA (i8x16.splat (i32.const 31)))
    (local.set $afterZ (i8x16.splat (i32.const -102)))
    (local.set $moveSlash (i8x16.splat (i32.const 81)))
    (local.set $afterNine (i8x16.splat (i32.const -117)))
    (local.set $plus (i8x16.splat (i32.const 43)))
    (local.set $feed (i8x16.splat (i32.const 10)))
    (block $stop
      (loop $next
        (br_if $stop (i32.gt_u (i32.add (local.get $at) (i32.const 32)) (local.get $end)))
        (local.set $first (v128.load (local.get $at)))
        (local.set $second (v128.load offset=16 (local.get $at)))
        (local.set $lettersOfFirst (call $areLetters (local.get $first)
          (local.get $lowerCase) (local.get $moveA) (local.get $afterZ)
          (local.get $moveSlash) (local.get $afterNine)
          (local.get $plus)))
        (local.set $lettersOfSecond (call $areLetters (local.get $second)
          (local.get $lowerCase) (local.get $moveA) (local.get $afterZ)
          (local.get $moveSlash) (local.get $afterNine)
          (local.get $plus)))
        (if (i32.eqz (i8x16.all_true (v128.and (local.get $lettersOfFirst) (local.get $lettersOfSecond))))
          (then
            (local.set $feedsOfFirst (i8x16.eq (local.get $first) (local.get $feed)))
            (local.set $feedsOfSecond (i8x16.eq (local.get $second) (local.get $feed)))
            (br_if $stop (i32.eqz (i8x16.all_true (v128.and
              (v128.or (local.get $lettersOfFirst) (local.get $feedsOfFirst))
              (v128.or (local.get $lettersOfSecond) (local.get $feedsOfSecond))))))
            (local.set $counted (i32.add (local.get $counted)
              (i32.add (call $count (local.get $feedsOfFirst)) (call $count (local.get $feedsOfSecond)))))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br $next)))
    (global.set $lineFeeds (local.get $counted))
    (local.get $at)))
