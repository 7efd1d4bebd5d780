// For browsers that know no modules: what index.html would say later is said at once.
document.getElementById("late").className = "late now";
