;; Tells Base64 letters and line feeds from everything else, sixteen bytes at a time. Assembled into
;; base64-letters.ts; a test assembles it again and compares.
(module
  (memory (export "memory") 5)
  (global $lineFeeds (export "lineFeeds") (mut i32) (i32.const 0))

  (func $sumOfLanes (param $lanes v128) (result i32)
    (local $sums v128)
    (local.set $sums (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $lanes))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))

  ;; Address of the first sixteen bytes in [at, end) that are not all letters and line feeds, or that are not sixteen;
  ;; counts the line feeds before it.
  (func (export "passLetters") (param $at i32) (param $end i32) (result i32)
    (local $bytes v128) (local $feeds v128) (local $counts v128) (local $left i32)
    (global.set $lineFeeds (i32.const 0))
    (loop $counted
      ;; A lane counts to 255.
      (local.set $left (i32.const 255))
      (local.set $counts (v128.const i32x4 0 0 0 0))
      (block $stop
        (loop $next
          (br_if $stop (i32.eqz (local.get $left)))
          (br_if $stop (i32.gt_u (i32.add (local.get $at) (i32.const 16)) (local.get $end)))
          (local.set $bytes (v128.load (local.get $at)))
          (local.set $feeds (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 10))))
          ;; A range is moved to the lowest signed numbers, where one comparison tells it: a-z and, without the bit of
          ;; lower case, A-Z; then / and 0-9, which follow it; + stands alone.
          (br_if $stop (i32.eqz (i8x16.all_true (v128.or
            (v128.or
              (i8x16.lt_s
                (i8x16.add (v128.or (local.get $bytes) (i8x16.splat (i32.const 32))) (i8x16.splat (i32.const 31)))
                (i8x16.splat (i32.const -102)))
              (i8x16.lt_s (i8x16.add (local.get $bytes) (i8x16.splat (i32.const 81))) (i8x16.splat (i32.const -117))))
            (v128.or (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 43))) (local.get $feeds))))))
          (local.set $counts (i8x16.sub (local.get $counts) (local.get $feeds)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $next)))
      (global.set $lineFeeds (i32.add (global.get $lineFeeds) (call $sumOfLanes (local.get $counts))))
      (br_if $counted (i32.eqz (local.get $left))))
    (local.get $at)))
