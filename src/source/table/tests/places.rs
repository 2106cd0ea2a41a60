//! Where the rows of a table are.

use super::*;

#[test]
fn places_are_read_in_every_way_that_tables_write_them() {
    for (table, lon, lat) in [
        ("n,Position\nx,37S BV 76999 29074\n", 36.542, 35.4802),
        ("n,Coordinates\nx,\"35.4802, 36.542\"\n", 36.542, 35.4802),
        ("n;Lat;Long\nx;35°28'48.7\" N;36°32'31.2\" E\n", 36.542, 35.4802),
        ("n,easting,northing,zone\nx,276999,3929075,37N\n", 36.542, 35.4802),
        ("n,wkt\nx,\"POLYGON((36.5 35.4,36.6 35.4,36.6 35.5,36.5 35.4))\"\n", 36.5, 35.4),
        ("village,n\nsaraqib,1\n", 36.8, 35.8),
        ("القرية,n\nسراقب,1\n", 36.8, 35.8),
        ("خط العرض\tخط الطول\n٣٥٫٥\t٣٦٫٥\n", 36.5, 35.5),
    ] {
        let loaded = read(table);
        let [x, y] = place(&loaded.value, 0).unwrap_or_else(|| panic!("{table}: {:?}", loaded.issues));
        assert!((x - lon).abs() < 1e-4 && (y - lat).abs() < 1e-4, "{table}: {x} {y}");
    }
}

#[test]
fn a_name_of_two_places_is_not_placed_and_says_so() {
    let loaded = read("place,n\nSaraqib,1\nQalaat,2\nNowhere,3\nKafr Zita,4\n");
    assert_eq!((loaded.value.len(), loaded.value.vertex_count()), (4, 2));
    assert!(told(&loaded, "line 3, column 1: there are several places called “Qalaat”"));
    assert!(told(&loaded, "line 4, column 1: the gazetteer does not know “Nowhere”"));
    assert!(told(&loaded, "looked up by their names in the column “place”"));
}

#[test]
fn a_name_in_another_spelling_is_placed_by_its_sound_and_that_is_told_once() {
    let loaded = read("place,n\nSaraqeb,1\nSaraqeb,2\nKafar Zeita,3\nSaraqib,4\n");
    assert_eq!((loaded.value.len(), loaded.value.vertex_count()), (4, 4));
    assert!(told(&loaded, "line 2, column 1: placed by sound: “Saraqeb” is taken for Saraqib (2 rows)"));
    assert!(told(&loaded, "“Kafar Zeita” is taken for Kafr Zita (1 row)"));
}

#[test]
fn a_table_without_places_opens_with_a_warning() {
    let loaded = read("a,b\n1,2\n3,4\n");
    assert_eq!((loaded.value.len(), loaded.value.vertex_count()), (2, 0));
    assert!(
        loaded
            .issues
            .iter()
            .any(|issue| issue.severity == Severity::Warning && issue.message.contains("choose the columns"))
    );
    assert_eq!(loaded.info.table.unwrap().places, PlaceColumns::None);
}

#[test]
fn a_first_row_of_megabytes_does_not_hide_the_geometries() {
    let corners: String = (0..90_000).map(|n| format!("36.{n:05} 35,")).collect();
    let table = format!("id,wkt\n1,\"POLYGON(({corners}36 36,36.00000 35))\"\n2,POINT(36 35)\n");
    assert!(table.len() > 1 << 20);
    let loaded = read(table);
    assert_eq!(loaded.info.table.unwrap().places, PlaceColumns::Wkt { column: "wkt".into() });
    assert_eq!(place(&loaded.value, 1), Some([36.0, 35.0]));
}

#[test]
fn hemispheres_turn_what_is_swapped_and_refuse_what_contradicts() {
    let loaded = read("name,lat,lon\na,36.5E,35.5N\nb,35.5N,36.5E\nc,36.5E,35.5\n");
    assert_eq!(place(&loaded.value, 0), Some([36.5, 35.5]));
    assert_eq!(place(&loaded.value, 1), Some([36.5, 35.5]));
    assert_eq!(place(&loaded.value, 2), None);
    assert!(told(&loaded, "are swapped") && told(&loaded, "is that of the other"));
}

#[test]
fn a_zone_with_the_band_of_syria_is_in_the_north_and_it_is_said() {
    let loaded =
        read("id,easting,northing,zone\n1,276999,3929075,37S\n2,,3929075,37S\n3,276999,3929075,37X\n");
    assert!(place(&loaded.value, 0).is_some_and(|at| (at[1] - 35.48).abs() < 0.01));
    assert!(told(&loaded, "“37S” is read as the latitude band") && told(&loaded, "some are blank"));
    assert_eq!((loaded.value.len(), loaded.info.rejected), (2, 1));
}
